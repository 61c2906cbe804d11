"""What makes the tablet safe to work on: repeats answered alike, worker, manifest."""

"""What makes the tablet safe to work on: repeats answered alike, the service worker, the manifest."""

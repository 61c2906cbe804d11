"""Taking in what a tablet saved as a file, on any running server: by page or by command."""

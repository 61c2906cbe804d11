"""Out without a repair: declined before S1, or withdrawn after it (3.04–3.06, T13–T15, T40)."""

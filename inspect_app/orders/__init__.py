"""The repair order of a visit: head and lines (D1), signed as S1."""

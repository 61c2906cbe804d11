"""One stay of one car, which changes state only through the table of process 4.2."""

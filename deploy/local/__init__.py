"""Sets up and runs the assistant on one machine; needs nothing but Python 3.8 and its standard library."""

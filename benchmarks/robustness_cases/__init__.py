"""A hostile corpus of our own: one module per family of attacks, each with controls that must pass unharmed."""

"""Measures how well messages are understood, and writes it down."""

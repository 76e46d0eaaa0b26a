"""Dates, durations and timetables."""

"""Unit tests of programs: suites, fixtures, constraints."""

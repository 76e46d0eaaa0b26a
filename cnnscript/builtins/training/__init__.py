"""Options of training, and functions that train networks."""

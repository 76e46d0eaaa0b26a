"""dlarray, and the gradients of what is computed with it."""

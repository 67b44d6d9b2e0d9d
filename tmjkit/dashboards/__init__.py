"""The pages that a clinic works with: models that hold their state, and thin widgets."""

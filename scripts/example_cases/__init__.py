"""The definitions of the example cases, and the papers that belong to them."""

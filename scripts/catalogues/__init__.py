"""The message catalogues: what there is to say in another language, and what they say of it."""

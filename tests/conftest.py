"""What holds for every test."""

from hypothesis import settings

# A property says what must hold, not how fast: machines are shared and busy.
settings.register_profile("tmjkit", deadline=None)
settings.load_profile("tmjkit")

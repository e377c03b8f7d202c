"""The component tags by subject; `{% load look %}` loads them all. Each is shown on the gallery page (/components/)."""

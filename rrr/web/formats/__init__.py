"""How dates are written where Django's own formats read oddly (setting FORMAT_MODULE_PATH)."""

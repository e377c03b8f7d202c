"""Pure computation: typed values in, typed values out."""

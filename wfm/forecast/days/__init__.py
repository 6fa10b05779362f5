"""Day totals: what is known of them, and the models that carry them forward."""

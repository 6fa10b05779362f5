"""The second sample centre: 120 people, 25 households, three sites, four weeks."""

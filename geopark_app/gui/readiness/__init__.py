"""The readiness room: scores of sites, routes and the park, and the visit that makes them."""

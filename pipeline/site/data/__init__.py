"""Open data: downloads, a static API, feeds and site maps, from what the pages already show."""

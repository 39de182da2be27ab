CREATE INDEX CONCURRENTLY hits_url ON hits (url);
CREATE INDEX CONCURRENTLY hits_url_size ON hits (length(url));

ALTER TEXT SEARCH DICTIONARY public.plain (stopwords = 'english', accept = 'false');
ALTER TEXT SEARCH CONFIGURATION public.docs DROP MAPPING IF EXISTS FOR email;
ALTER TEXT SEARCH CONFIGURATION public.docs ALTER MAPPING FOR word WITH public.plain, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.docs ALTER MAPPING FOR url WITH simple;
CREATE INDEX IF NOT EXISTS t_body ON public.t USING gin (to_tsvector('public.docs'::regconfig, COALESCE(body, ''::text)));

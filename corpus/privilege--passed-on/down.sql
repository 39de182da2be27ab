GRANT SELECT ON TABLE public.t TO "corpus_writer" WITH GRANT OPTION;
SET LOCAL ROLE "corpus_writer";
GRANT SELECT ON TABLE public.t TO "corpus_reader";
RESET ROLE;
GRANT UPDATE (a) ON TABLE public.t TO "corpus_writer" WITH GRANT OPTION;
SET LOCAL ROLE "corpus_writer";
GRANT UPDATE (a) ON TABLE public.t TO "corpus_reader";
RESET ROLE;

alter view open_quote reset (security_invoker);

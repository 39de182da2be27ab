alter view open_quote set (security_invoker = true);

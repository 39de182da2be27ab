drop foreign data wrapper far_wrapper cascade;

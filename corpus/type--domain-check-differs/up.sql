alter domain price drop constraint price_positive;
alter domain price add constraint price_positive check (value >= 0);
alter domain price set default 2;
alter domain net add constraint net_above check (value > -1000000000000);
alter domain net rename constraint net_small to net_below;

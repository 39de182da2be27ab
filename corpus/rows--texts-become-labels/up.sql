drop index parcel_tracking;
alter table parcel alter via type provider using via::provider;
create unique index parcel_via_tracking on parcel (via, tracking);

drop index parcel_via_tracking;
alter table parcel alter via type text;
create unique index parcel_tracking on parcel (tracking);

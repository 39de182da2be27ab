create type provider as enum ('post', 'courier');
create table parcel (id integer primary key, via text not null, tracking text);
create unique index parcel_tracking on parcel (tracking);

create table parcel (id uuid primary key, label text not null);
create table scan (id uuid primary key, kind text not null, parcel_id uuid references parcel (id));
create table journey (id uuid primary key, kind text not null, parcel_id uuid references parcel (id), told boolean not null default false);

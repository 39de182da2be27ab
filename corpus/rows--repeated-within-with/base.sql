create table line (id uuid primary key, provider text not null, account text, closed_at timestamptz, closed_for text);

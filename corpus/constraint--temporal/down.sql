DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.booking') AND conname = 'booking_key') THEN
    ALTER TABLE public.booking ADD CONSTRAINT booking_key UNIQUE (id, during WITHOUT OVERLAPS);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.room') AND conname = 'room_key') THEN
    ALTER TABLE public.room ADD CONSTRAINT room_key PRIMARY KEY (id, during WITHOUT OVERLAPS);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.booking') AND conname = 'booking_room') THEN
    ALTER TABLE public.booking ADD CONSTRAINT booking_room FOREIGN KEY (room_id, PERIOD during) REFERENCES public.room(id, PERIOD during);
  END IF;
END
$rollback$;

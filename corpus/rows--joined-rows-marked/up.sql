update journey as j set told = true
from scan as s
where j.kind = 'by parcel' and s.kind = 'of a parcel' and s.parcel_id = j.parcel_id and j.told = false;

alter table step alter height type even;

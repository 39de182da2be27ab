INSERT INTO visits (place) VALUES ('hall'), ('barn'), ('hall');

drop index t_v;
delete from t where v = 'seed row';

assert(1 == 2, 'Sums do not match.')
%---- gives ----

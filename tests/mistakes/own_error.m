error('lab:tooHot', 'The lamp is %d degrees.', 90)
%---- gives ----

t = datetime(2024,2,28) + days(0:2)
t.Format = 'uuuu-MM-dd HH:mm'
d = t(3) - t(1)
d.Format = 'd'
x = [seconds(5); minutes(2); hours(1)]
t(2) < '2024-02-29'
t == t(1)
t(5) = datetime(2025,1,1,12,0,0)
t(2) = []
string(t(1)), char(t(1)), cellstr(t(1:2))
disp(t(1))
fprintf('%s took %s\n', t(1), d)
"started " + string(t(1))
s.when = t(1);
s.took = d
c = {t(1), t, d}
r = datetime(2024,1,30):datetime(2024,2,2)
for k = r(1:2), disp(k), end
sort(r, 'descend')
[u, ia] = unique([r(2) r(1) r(2)])
numel(r), isempty(r), class(r), size(r')
T = table(r(1:3)', seconds([5;10;100]), 'VariableNames', {'day','took'})
T.day.Month(1)
seconds(90) / seconds(30), seconds(90) / 3, 2*minutes(1.5), -hours(1)
isequal(datetime(2024,1,1), datetime('2024-01-01'))
NaT
datetime.nothing
%---- gives ----

t = 

  1×3 datetime array

   28-Feb-2024   29-Feb-2024   01-Mar-2024


t = 

  1×3 datetime array

   2024-02-28 00:00   2024-02-29 00:00   2024-03-01 00:00


d = 

  duration

   48:00:00


d = 

  duration

   2 days


x = 

  3×1 duration array

      5 sec
    120 sec
   3600 sec


ans =

  logical

   0


ans =

  1×3 logical array

   1   0   0


t = 

  1×5 datetime array

   2024-02-28 00:00   2024-02-29 00:00   2024-03-01 00:00   NaT                2025-01-01 12:00


t = 

  1×4 datetime array

   2024-02-28 00:00   2024-03-01 00:00   NaT                2025-01-01 12:00


ans = 

    "2024-02-28 00:00"


ans =

    '2024-02-28 00:00'


ans =

  1×2 cell array

    {'2024-02-28 00:00'}    {'2024-03-01 00:00'}

   2024-02-28 00:00

2024-02-28 00:00 took 2 days

ans = 

    "started 2024-02-28 00:00"


s = 

  struct with fields:

    when: 2024-02-28 00:00
    took: 2 days


c =

  1×3 cell array

    {[2024-02-28 00:00]}    {1×4 datetime}    {[2 days]}


r = 

  1×4 datetime array

   30-Jan-2024   31-Jan-2024   01-Feb-2024   02-Feb-2024

   30-Jan-2024

   31-Jan-2024


ans = 

  1×4 datetime array

   02-Feb-2024   01-Feb-2024   31-Jan-2024   30-Jan-2024


u = 

  1×2 datetime array

   30-Jan-2024   31-Jan-2024


ia =

     2
     1


ans =

     4


ans =

  logical

   0


ans =

    'datetime'


ans =

     4     1


T =

  3×2 table

        day         took  
    ___________    _______

    30-Jan-2024      5 sec
    31-Jan-2024     10 sec
    01-Feb-2024    100 sec


ans =

     1


ans =

     3


ans = 

  duration

   30 sec


ans = 

  duration

   3 min


ans = 

  duration

   -1 hr


ans =

  logical

   1


ans = 

  datetime

   NaT

error: Unrecognized method, property, or field 'nothing' for class 'datetime'.
  times.m:27:1
    datetime.nothing
    ^^^^^^^^^^^^^^^^
    near names: string, month, Month

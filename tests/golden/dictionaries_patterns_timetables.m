% dictionaries
d = dictionary(["conv" "relu"], [3 2.5])
d("pool") = 7;
d("conv") = []
e = configureDictionary("double", "cell")
e(2) = {[1 2 3]}
dictionary
s.d = d, c = {d}
% patterns
p = "conv" + digitsPattern(1, 2) + ("a" | "b")
q = ~letterBoundary
% timetables
Temp = [37.3; 39.1];
TT = timetable(datetime(2024, 1, 1:2)', Temp, {'x'; 'y'})
TT(timerange('2024-01-02', '2024-01-03'), :)
TT(1:0, :)
TT.Properties
T2 = timetable(Temp, TimeStep=minutes(90))
timerange(seconds(1), seconds(3))
% lengths on the calendar
L = [caldays([1 20]) calmonths(14)]
between(datetime(2024, 1, 31), datetime(2024, 3, 5, 12, 0, 0))
t = datetime(2024, 7, 1, 12, 0, 0, TimeZone='UTC', Format='uuuu-MM-dd HH:mm z')
{L(1), t}
format compact
d
TT
p
%---- gives ----

d =

  dictionary (string ⟼ double) with 2 entries:

    "conv" ⟼ 3
    "relu" ⟼ 2.5000


d =

  dictionary (string ⟼ double) with 2 entries:

    "relu" ⟼ 2.5000
    "pool" ⟼ 7


e =

  dictionary (double ⟼ cell) with no entries.


e =

  dictionary (double ⟼ cell) with 1 entry:

    2 ⟼ {[1 2 3]}


ans =

  dictionary with unset key and value types.


s = 

  struct with fields:

    d: [1×1 dictionary]


c =

  1×1 cell array

    {1×1 dictionary}


p = 

  pattern

  Matching:

    "conv" + digitsPattern(1,2) + ("a" | "b")


q = 

  pattern

  Matching:

    ~letterBoundary


TT =

  2×2 timetable

       Time        Temp    Var2 
    ___________    ____    _____

    01-Jan-2024    37.3    {'x'}
    02-Jan-2024    39.1    {'y'}


ans =

  1×2 timetable

       Time        Temp    Var2 
    ___________    ____    _____

    02-Jan-2024    39.1    {'y'}


ans =

  0×2 empty timetable

    Time    Temp    Var2
    ____    ____    ____


ans = 

  TimetableProperties with properties:

             Description: ''
                UserData: []
          DimensionNames: {'Time'  'Variables'}
           VariableNames: {'Temp'  'Var2'}
           VariableTypes: ["double"    "cell"]
    VariableDescriptions: {}
           VariableUnits: {}
      VariableContinuity: []
                RowTimes: [2×1 datetime]
               StartTime: 01-Jan-2024
              SampleRate: 1.1574e-05
                TimeStep: 24:00:00
        CustomProperties: No custom properties are set.
      Use addprop and rmprop to modify CustomProperties.


T2 =

  2×1 timetable

     Time     Temp
    ______    ____

     0 min    37.3
    90 min    39.1


ans = 

  timetable timerange subscript:

    Select timetable rows with times in the half-open interval:
      [1 sec, 3 sec)


L = 

  1×3 calendarDuration array

       1d      20d   1y 2mo


ans = 

  calendarDuration

   1mo 5d 12h 0m 0s


t = 

  datetime

   2024-07-01 12:00 UTC


ans =

  1×2 cell array

    {[1d]}    {[2024-07-01 12:00 UTC]}

d =
  dictionary (string ⟼ double) with 2 entries:
    "relu" ⟼ 2.5000
    "pool" ⟼ 7
TT =
  2×2 timetable
       Time        Temp    Var2 
    ___________    ____    _____
    01-Jan-2024    37.3    {'x'}
    02-Jan-2024    39.1    {'y'}
p = 
  pattern
  Matching:
    "conv" + digitsPattern(1,2) + ("a" | "b")

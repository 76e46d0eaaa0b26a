% a table of variables named after the workspace, numbers, text, logicals, several columns
LastName = {'Sanchez';'Johnson';'Li'};
Age = [38;43;38];
Smoker = logical([1;0;1]);
BloodPressure = [124 93; 109 77; 125 83];
T = table(LastName,Age,Smoker,BloodPressure)
T.Properties.RowNames = LastName;
T = removevars(T,'LastName')
T('Li','Age')
T{{'Li','Sanchez'},'Age'}'
T.Age(end)
T(T.Age < 40, [true false true])
disp(T(1,1:2))
T.Weight = [176;163;131];
T(:,{'Smoker','BloodPressure'}) = [];
T{2,'Age'} = 44;
T.Age(3) = 39;
T{'Diaz',:} = [40 133];
T
T(1:2,:) = []
size(T), isempty(T), class(T)
% empties
table
T(1:0,:)
T(:,[])
% classes
S = table(["a";"bc"], categorical({'x';'yy'}), {1;'abc'}, [0.5;NaN], [1e6;-123456], int8([5;-6]), 'VariableNames', {'str' 'c' 'cell' 'x' 'big' 'i'})
V = table({'cat';'dog'}, [1;2], {[1 2 3];magic(3)}, [true;true], 'VariableNames',{'pet','aLongNameForNumbers','parts','flag'})
C = {T, S}
s.t = T
T.nosuch
%---- gives ----

T =

  3×4 table

     LastName      Age    Smoker    BloodPressure
    ___________    ___    ______    _____________

    {'Sanchez'}    38     true       124     93  
    {'Johnson'}    43     false      109     77  
    {'Li'     }    38     true       125     83  


T =

  3×3 table

               Age    Smoker    BloodPressure
               ___    ______    _____________

    Sanchez    38     true       124     93  
    Johnson    43     false      109     77  
    Li         38     true       125     83  


ans =

  1×1 table

          Age
          ___

    Li    38 


ans =

    38    38


ans =

    38


ans =

  2×2 table

               Age    BloodPressure
               ___    _____________

    Sanchez    38      124     93  
    Li         38      125     83  

               Age    Smoker
               ___    ______

    Sanchez    38      true 


T =

  4×2 table

               Age    Weight
               ___    ______

    Sanchez    38      176  
    Johnson    44      163  
    Li         39      131  
    Diaz       40      133  


T =

  2×2 table

            Age    Weight
            ___    ______

    Li      39      131  
    Diaz    40      133  


ans =

     2     2


ans =

  logical

   0


ans =

    'table'


ans =

  0×0 empty table


ans =

  0×2 empty table

    Age    Weight
    ___    ______


ans =

  2×0 empty table


S =

  2×6 table

    str     c      cell       x         big        i 
    ____    __    _______    ___    ___________    __

    "a"     x     {[  1]}    0.5          1e+06     5
    "bc"    yy    {'abc'}    NaN    -1.2346e+05    -6


V =

  2×4 table

      pet      aLongNameForNumbers       parts        flag
    _______    ___________________    ____________    ____

    {'cat'}             1             {[   1 2 3]}    true
    {'dog'}             2             {3×3 double}    true


C =

  1×2 cell array

    {2×2 table}    {2×6 table}


s = 

  struct with fields:

    t: [2×2 table]

error: Unrecognized table variable name 'nosuch'.
  tables.m:31:1
    T.nosuch
    ^^^^^^^^
    variables: Age, Weight

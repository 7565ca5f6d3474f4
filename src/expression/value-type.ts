/** What an expression may give or a name may hold. 'any' is decided at run time. */
export type ValueType = 'text' | 'number' | 'yes_no' | 'list' | 'map' | 'time' | 'any';

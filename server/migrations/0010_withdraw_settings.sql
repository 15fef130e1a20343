-- Why: a change of the settings that is planned for later can be withdrawn: by another row, for no row is ever edited.
-- Old code may run beside it: yes, but it lets what is withdrawn take force until it is replaced.

alter table settings
  add column withdraws integer,
  add constraint settings_withdraws foreign key (withdraws) references settings (version),
  add constraint settings_withdrawal_changes_nothing check (withdraws is null or "values" = '{}');
create unique index settings_withdrawn_once on settings (withdraws) where withdraws is not null;

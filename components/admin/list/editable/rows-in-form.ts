/** What the names of each row's fields begin with in the form of a list, by the row's id. */
export function rowsInForm(values: Record<string, string>): Map<string, string> {
  const total = Number(values['form-TOTAL_FORMS'] ?? 0);
  const rows = new Map<string, string>();
  for (let index = 0; index < total; index += 1) {
    const id = values[`form-${index}-id`];
    if (id !== undefined && !rows.has(id)) rows.set(id, `form-${index}`);
  }
  return rows;
}

/**
 * A query asks the change list for something that makes no sense: an unknown field or lookup, a value
 * that is none of the field's kind, a page that does not exist. The page answers with the list as it
 * is without a query.
 * Django: contrib/admin/options.py IncorrectLookupParameters
 */
export class IncorrectLookup extends Error {
  override name = 'IncorrectLookup';
}

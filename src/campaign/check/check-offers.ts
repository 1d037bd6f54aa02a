import { isOfferedState } from '../schema/fields.ts';
import type { Entries } from '../schema/collections.ts';
import type { Fault } from '../read/fault.ts';

/** Checks actions against the initiatives that they go through: nobody is sent to one that takes money without a word on whether one pays. */
export function checkOffers({
  actions,
  initiatives,
}: Pick<Entries, 'actions' | 'initiatives'>): Fault[] {
  const known = new Map(initiatives.map((initiative) => [initiative.slug, initiative]));
  return actions
    .filter(({ data }) => isOfferedState(data.state))
    .flatMap(({ file, data, lineOf }) =>
      data.initiatives.flatMap((id, index): Fault[] => {
        const through = known.get(id);
        if (through === undefined || !isOfferedState(through.data.state)) return []; // said by `check-references.ts`
        const place = {
          file,
          line: lineOf(['initiatives', index]),
          where: `field "initiatives.${index}"`,
        };
        const takesMoney = through.data.cost === 'money' || through.data.cost === 'donations';
        if (!takesMoney || data.kind === 'give' || data.pays !== undefined) return [];
        return [
          {
            ...place,
            found: `"${id}", which takes ${through.data.cost}, and no word on money`,
            expected: '"pays: true" with "risk", or "pays: false"',
            fix: 'write whether one pays for this action',
          },
        ];
      }),
    );
}

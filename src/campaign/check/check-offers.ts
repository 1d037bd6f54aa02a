import { isOfferedState } from '../schema/fields.ts';
import type { Entries } from '../schema/collections.ts';
import type { Fault } from '../read/fault.ts';

/**
 * Checks what actions say against the initiatives that they go through: nobody is to be sent to what is over or dangerous, or to
 * one that takes money without a word on whether money is paid.
 */
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
        if (through === undefined) return []; // said by `check-relations.ts`
        const place = {
          file,
          line: lineOf(['initiatives', index]),
          where: `field "initiatives.${index}"`,
        };
        if (!isOfferedState(through.data.state)) {
          return [
            {
              ...place,
              found: `"${id}", which is ${through.data.state}`,
              expected: 'an initiative that is live or unverified, since the action is offered',
              mend: `make the action ${through.data.state} too, with its reason, or take the initiative out`,
            },
          ];
        }
        const takesMoney = through.data.cost === 'money' || through.data.cost === 'donations';
        if (!takesMoney || data.kind === 'give' || data.pays !== undefined) return [];
        return [
          {
            ...place,
            found: `"${id}", which takes ${through.data.cost}, and no word on money`,
            expected: '"pays: true" with "risk", or "pays: false"',
            mend: 'write whether one pays for this action',
          },
        ];
      }),
    );
}

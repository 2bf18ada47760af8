import { Field } from '../../ui/field.tsx';
import { type DeployDraft, useDrafts } from './deploy-draft.ts';

/** Who signs on a network of others. Names and paths only: no key ever passes through here. */
export function KeystoreFields({ project, draft }: { project: number; draft: DeployDraft }) {
  const change = useDrafts((state) => state.change);
  return (
    <fieldset aria-label="Signer" className="grid shrink-0 grid-cols-2 gap-3">
      <Field
        label="Keystore account"
        placeholder="deployer"
        hint="A name from `cast wallet list`. The key stays in Foundry’s keystore."
        value={draft.account ?? ''}
        onChange={(event) => change(project, { account: event.target.value })}
      />
      <Field
        label="Password file"
        mono
        placeholder="/home/you/.secrets/deployer"
        hint="A file that holds the keystore’s password. Only its path is kept."
        value={draft.passwordFile ?? ''}
        onChange={(event) => change(project, { passwordFile: event.target.value })}
      />
    </fieldset>
  );
}

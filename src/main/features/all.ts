import { abiSourceRecords, abiSources } from './abi-sources/feature.ts';
import { accounts } from './accounts/feature.ts';
import { addressBook, labelRecords } from './address-book/feature.ts';
import { app } from './app/feature.ts';
import { artifacts } from './artifacts/feature.ts';
import { audit } from './audit/feature.ts';
import { backups } from './backups/feature.ts';
import { chainControls } from './chain-controls/feature.ts';
import { chainIndex } from './chain-index/feature.ts';
import { chainCreations, chainRecords, chains } from './chains/feature.ts';
import { compileCache } from './compile-cache/feature.ts';
import { containers } from './containers/feature.ts';
import {
  addedContractRecords,
  addressNames,
  contractNames,
  contracts,
} from './contracts/feature.ts';
import { data } from './data/feature.ts';
import { deployDefaults } from './deploy-defaults/feature.ts';
import { deploymentRecords, deployments } from './deployments/feature.ts';
import { doctor } from './doctor/feature.ts';
import { engines, processes, toolDownloads } from './engines/feature.ts';
import { environmentRecords, environmentSecrets, environments } from './environments/feature.ts';
import { events } from './events/feature.ts';
import { explorer } from './explorer/feature.ts';
import { FeatureList } from './feature-list.ts';
import { find } from './find/feature.ts';
import { gas } from './gas/feature.ts';
import { gateway, gatewayProcess } from './gateway/feature.ts';
import { history } from './history/feature.ts';
import { imageCache, images } from './images/feature.ts';
import { insights } from './insights/feature.ts';
import { keyRecords, keys } from './keys/feature.ts';
import { kinds } from './kinds/feature.ts';
import { networkRecords, networks } from './networks/feature.ts';
import { openIn } from './open-in/feature.ts';
import { ports } from './ports/feature.ts';
import { preimages } from './preimages/feature.ts';
import { projectRecords, projects } from './projects/feature.ts';
import { railRecords, rails } from './rails/feature.ts';
import { resultFiles } from './result-files/feature.ts';
import { reviewRecords, reviews } from './reviews/feature.ts';
import { dataKey, secrets } from './secrets/feature.ts';
import { settings } from './settings/feature.ts';
import { stateDiff } from './state-diff/feature.ts';
import { targets } from './targets/feature.ts';
import { templates } from './templates/feature.ts';
import { terminals } from './terminals/feature.ts';
import { tokens } from './tokens/feature.ts';
import { tools } from './tools/feature.ts';
import { traces } from './traces/feature.ts';
import { updates } from './updates/feature.ts';
import { upgradeChecks, upgrades } from './upgrades/feature.ts';
import { verification } from './verification/feature.ts';
import { watches } from './watches/feature.ts';
import { webhookRecords, webhooks } from './webhooks/feature.ts';

/**
 * All features, in the order in which they come to be; they go in the reverse one. Each may use
 * those above it. `…Records` tell what is stored, and use nothing but the database.
 */
export const features = new FeatureList()
  .add(audit)
  .add(tokens)
  .add(events)
  .add(settings)
  .add(projectRecords)
  .add(deploymentRecords)
  .add(chainRecords)
  .add(networkRecords)
  .add(webhookRecords)
  .add(abiSourceRecords)
  .add(keyRecords)
  .add(reviewRecords)
  .add(railRecords)
  .add(environmentRecords)
  .add(labelRecords)
  .add(addedContractRecords)
  .add(dataKey)
  .add(chainCreations)
  .add(networks)
  .add(rails)
  .add(addressBook)
  .add(webhooks)
  .add(abiSources)
  .add(keys)
  .add(environmentSecrets)
  .add(secrets)
  .add(compileCache)
  .add(kinds)
  .add(imageCache)
  .add(toolDownloads)
  .add(processes)
  .add(engines)
  .add(tools)
  .add(ports)
  .add(projects)
  .add(templates)
  .add(openIn)
  .add(artifacts)
  .add(resultFiles)
  .add(gatewayProcess)
  .add(chains)
  .add(chainIndex)
  .add(preimages)
  .add(traces)
  .add(upgradeChecks)
  .add(targets)
  .add(addressNames)
  .add(deployDefaults)
  .add(environments)
  .add(deployments)
  .add(watches)
  .add(reviews)
  .add(terminals)
  .add(history)
  .add(contractNames)
  .add(gateway)
  .add(explorer)
  .add(find)
  .add(stateDiff)
  .add(gas)
  .add(insights)
  .add(contracts)
  .add(verification)
  .add(chainControls)
  .add(accounts)
  .add(upgrades)
  .add(containers)
  .add(backups)
  .add(data)
  .add(images)
  .add(updates)
  .add(doctor)
  .add(app);

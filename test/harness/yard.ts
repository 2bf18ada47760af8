import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import type { Fixture } from './fixture.ts';
import { scriptProject } from './script-project.ts';

/** Contracts with overloads, tuples, lists, bytes, views that revert, and a proxy. */
const CONTRACTS = `
struct Spot { address to; uint256[] ids; }
error Closed(uint256 until);
error NotOwner(address caller);

contract Yard {
  address public owner;
  uint96 public fee;
  bool open = true;
  uint8 level = 7;
  string public name = "Harbour yard";
  string motto = "A text of more than thirty-one bytes, in slots of its own.";
  mapping(address => uint256) public berths;
  uint64[3] marks = [uint64(1), 2, 3];
  Spot spot;
  uint256[] list;

  event Berthed(address indexed who, uint256 indexed berth, string note);

  constructor(uint96 fee_) payable { owner = msg.sender; fee = fee_; list.push(11); list.push(12); }

  function get(uint256 id) external pure returns (uint256) { return id + 1; }
  function get(address who) external view returns (uint256) { return berths[who]; }
  function get(uint256 id, bool deep) external pure returns (uint256 next, bool deep_) {
    return (id + 2, deep);
  }
  function place(Spot[] calldata spots, bytes calldata data, bytes4 kind)
    external pure returns (Spot memory first, bytes memory, bytes4)
  {
    return (spots[0], data, kind);
  }
  function caller() external view returns (address) { return msg.sender; }
  function closed() external pure returns (uint256) { revert Closed(5); }
  function broken() external pure returns (uint256) { require(false, "gone"); return 1; }
  function touch() external {}

  function setFee(uint96 fee_) external {
    if (msg.sender != owner) revert NotOwner(msg.sender);
    fee = fee_;
  }
  function berth(uint256 number, string calldata note) external payable returns (uint256) {
    require(open, "closed");
    berths[msg.sender] = number;
    emit Berthed(msg.sender, number, note);
    return msg.value;
  }
}

contract YardProxy {
  constructor(address to) { assembly { sstore(0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc, to) } }
  fallback() external payable {
    assembly {
      calldatacopy(0, 0, calldatasize())
      let to := sload(0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc)
      let ok := delegatecall(gas(), to, 0, calldatasize(), 0, 0)
      returndatacopy(0, 0, returndatasize())
      if iszero(ok) { revert(0, returndatasize()) }
      return(0, returndatasize())
    }
  }
}

contract Twin { uint256 public id; constructor(uint256 id_) { id = id_; } }
`;

/**
 * A project that deploys them: a yard, a proxy in front of it, and two contracts of one name. Its
 * builds keep the layout of storage.
 */
export async function yardProject(): Promise<Fixture> {
  const project = await scriptProject(
    {
      Deploy: `vm.startBroadcast(); Yard yard = new Yard(30); new YardProxy(address(yard));
        new Twin(1); new Twin(2); vm.stopBroadcast();`,
    },
    CONTRACTS,
  );
  await appendFile(path.join(project.folder, 'foundry.toml'), 'extra_output = ["storageLayout"]\n');
  return project;
}

// Addresses that may be connected to, and all the spellings of those that may not.
import { expect, test } from 'vitest'
import { hostOf } from './post.ts'
import { isPublic } from './public-address.ts'

test.each(['8.8.8.8', '1.1.1.1', '93.184.215.14', '172.15.255.255', '172.32.0.1', '192.167.255.255', '100.63.255.255', '100.128.0.1', '169.253.0.1', '223.255.255.255', '2606:4700:4700::1111', '2a00:1450:4003:80a::200e'])(
  '%s is everybody’s',
  address => expect(isPublic(address)).toBe(true),
)

test.each([
  ['this network', '0.0.0.0', '0.1.2.3'],
  ['private', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
  ['loopback', '127.0.0.1', '127.255.255.254', '::1', '::'],
  ['link-local', '169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  ['metadata of providers', '169.254.169.254', '100.100.100.200', '192.0.0.192', '168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254'],
  ['carrier-grade', '100.64.0.1', '100.127.255.255'],
  ['unique local and site-local', 'fc00::1', 'fdff:ffff::1', 'fec0::1'],
  ['documents and benchmarks', '192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '198.19.255.255', '2001:db8::1', '3fff::1'],
  ['multicast and reserved', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', 'ff02::1'],
  ['IPv4 in IPv6', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::ffff:8.8.8.8', '::127.0.0.1', '0:0:0:0:0:ffff:7f00:1'],
  ['tunnels and translations', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001:0:4136:e378::1', '2001:10::1'],
  ['no address', 'localhost', '', '127.1', '0x7f.1', '2130706433', '1.2.3', '1.2.3.4.5', '08.8.8.8', ' 8.8.8.8'],
])('nothing of %s is', (_, ...addresses) => {
  expect(addresses.filter(isPublic)).toEqual([])
})

test.each(['http://2130706433/', 'http://0x7f000001/', 'http://0177.0.0.1/', 'http://127.1/', 'http://0x7f.0.0.1/', 'http://017700000001/', 'http://１２７.０.０.１/', 'http://127。0。0。1/', 'http://127.0.0.1./', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://[0:0:0:0:0:0:0:1]/', 'http://0/', 'http://[::]/'])(
  'whatever way this machine is spelled in an address, %s is seen as its own or as nobody’s',
  url => {
    const host = hostOf(new URL(url))
    expect([host, isPublic(host)]).toEqual([expect.stringMatching(/^[\d.]+$|^[0-9a-f:]+$/), false])
  },
)
